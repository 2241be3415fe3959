"""E-mail. Composing a message is a function that returns a value; sending it is another."""
