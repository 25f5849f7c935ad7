"""Practice in the page: runs a reader's answer in the browser, and natively under pytest. Standard library only."""
