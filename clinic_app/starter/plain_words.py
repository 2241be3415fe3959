"""Words that patients should not have to know, and what to say instead; data, so that editors can add to it.

Sources: NHS content guide (reading age 9 to 11) and our own reading of leaflets.
"""

from __future__ import annotations

import re

from clinic_app.starter.lists import StartingPosition

# No file of a pack names a side; a programme chooses it for one patient.
SIDE_WORD = re.compile(r"\b(left|right)\b", re.IGNORECASE)

# A key matches whole words only, in any case. Keep the plain words short enough to be put in as they are.
PLAIN_WORDS = {
    "abdomen": "tummy",
    "abdominal": "tummy",
    "abdominals": "tummy muscles",
    "abduct": "move out to the side",
    "abduction": "moving out to the side",
    "adduct": "bring back in",
    "adduction": "bringing back in",
    "anterior": "front",
    "bd": "twice a day",
    "bilateral": "both sides",
    "cervical": "neck",
    "contract": "tighten",
    "contraction": "tightening",
    "core": "tummy",
    "dorsiflex": "pull your toes up",
    "engage": "tighten",
    "erectors": "back muscles",
    "extend": "straighten",
    "extension": "straightening or bending back",
    "flex": "bend",
    "flexed": "bent",
    "flexion": "bending",
    "gastrocnemius": "calf",
    "glute": "bottom muscle",
    "gluteal": "bottom muscle",
    "gluteals": "bottom muscles",
    "glutes": "bottom muscles",
    "hamstring": "back of your thigh",
    "hamstrings": "backs of your thighs",
    "inhale": "breathe in",
    "exhale": "breathe out",
    "isometric": "without moving",
    "lateral": "side",
    "lumbar": "lower back",
    "neutral spine": "natural curve of your back",
    "patella": "kneecap",
    "pelvis": "hips",
    "posterior": "back",
    "prone": "lying on your front",
    "quadriceps": "front of your thigh",
    "quads": "fronts of your thighs",
    "quadruped": "hands and knees",
    "repetition": "repeat",
    "repetitions": "repeats",
    "reps": "repeats",
    "retract": "draw back",
    "rotate": "turn",
    "rotation": "turn",
    "scapula": "shoulder blade",
    "scapulae": "shoulder blades",
    "secs": "seconds",
    "spine": "back",
    "supine": "lying on your back",
    "thoracic": "middle back",
    "tds": "3 times a day",
    "unilateral": "one side",
    "vertebrae": "back bones",
}

# How the first step may say where the patient starts; any one of the phrases is enough.
START_PHRASES: dict[StartingPosition, tuple[str, ...]] = {
    StartingPosition.SUPINE: ("lie on your back",),
    StartingPosition.PRONE: ("lie on your front", "lie on your tummy"),
    StartingPosition.SIDE_LYING: ("lie on your side",),
    StartingPosition.HANDS_AND_KNEES: ("hands and knees",),
    StartingPosition.KNEELING: ("kneel",),
    StartingPosition.HALF_KNEELING: ("kneel",),
    StartingPosition.SITTING: ("sit ",),
    StartingPosition.SITTING_ON_FLOOR: ("sit on the floor",),
    StartingPosition.STANDING: ("stand",),
}
