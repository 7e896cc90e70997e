"""The network office: where cities are invited, looked at and admitted, at `/office/`.

For persons of the office alone (`is_staff`); everybody else gets 404.
"""
