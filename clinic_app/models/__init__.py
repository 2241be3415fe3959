"""The nouns of the service as rows. Importing this package registers every table."""

from clinic_app.models.account import Account
from clinic_app.models.appointment import Appointment
from clinic_app.models.audit_event import AuditEvent
from clinic_app.models.branding import Branding
from clinic_app.models.calendar_feed import CalendarFeed
from clinic_app.models.clinic import Clinic
from clinic_app.models.concern import Concern
from clinic_app.models.delivery import Delivery, Incident, Jam, MailPause, PrintBatch
from clinic_app.models.diary import DiaryDay, DiaryEntry
from clinic_app.models.exercise import Exercise
from clinic_app.models.exercise_import import ExerciseImport
from clinic_app.models.exercise_revision import ExerciseRevision
from clinic_app.models.exercise_search import ExerciseTag, ExerciseWord, Favourite, SearchWord
from clinic_app.models.handout import Handout, Withdrawal
from clinic_app.models.illustration import Illustration
from clinic_app.models.patient import Patient
from clinic_app.models.patient_address import CodeTries, PatientAddress
from clinic_app.models.patient_text import PatientText
from clinic_app.models.programme import PrescribedExercise, Programme, ProgrammeRevision
from clinic_app.models.protocol import Protocol, ProtocolExercise
from clinic_app.models.safety_advice import SafetyAdvice

__all__ = [
    "Account",
    "Appointment",
    "AuditEvent",
    "Branding",
    "CalendarFeed",
    "Clinic",
    "CodeTries",
    "Concern",
    "Delivery",
    "DiaryDay",
    "DiaryEntry",
    "Exercise",
    "ExerciseImport",
    "ExerciseRevision",
    "ExerciseTag",
    "ExerciseWord",
    "Favourite",
    "Handout",
    "Illustration",
    "Incident",
    "Jam",
    "MailPause",
    "Patient",
    "PatientAddress",
    "PatientText",
    "PrescribedExercise",
    "PrintBatch",
    "Programme",
    "ProgrammeRevision",
    "Protocol",
    "ProtocolExercise",
    "SafetyAdvice",
    "SearchWord",
    "Withdrawal",
]
