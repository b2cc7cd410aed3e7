"""From the running text of a document to drafts of tasks."""
