"""Inequalities in one real variable: a finite cover of the line, each piece of which is proved in enclosures."""
