"""Small controls that paint themselves from tokens, and the pieces that lists are made of; they know no records."""
