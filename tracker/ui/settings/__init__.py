"""The window of settings (设置): every choice in one place, found by its words or pinyin."""
