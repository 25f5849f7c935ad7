"""Practice in the page: what runs a reader's answer in the browser, and natively under pytest. Standard library only."""
