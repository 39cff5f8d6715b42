"""What comes in and goes out as files: readers, the workbook template, tables, proposals of duplicates."""
