"""The same handout as someone would write it who does not think about speed. Our own template, with the same words."""
