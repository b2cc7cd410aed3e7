"""The review of a decomposed document: its text beside the drafts, until they are written."""
