"""The ledger of slips (提示单、问题单、督办单、反馈单) and its dialogs."""
