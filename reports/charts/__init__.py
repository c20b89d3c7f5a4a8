"""One pair of files per chart: `<name>.sql` asks the marts, `<name>.py` draws."""
