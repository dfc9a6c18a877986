"""The process of the app: Qt's application object, its colours and language, its log file and its memory."""
