"""区分处理 at the desk: pages as pictures, boxes on them, the result and its record."""
