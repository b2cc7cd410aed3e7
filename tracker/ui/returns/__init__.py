"""The pages of a round: sending the forms, reviewing what came back."""
