"""The log as CSV, and diaries kept in a spreadsheet."""
