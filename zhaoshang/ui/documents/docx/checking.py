def check_docx(content: bytes) -> list[str]:
    return []
