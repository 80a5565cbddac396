"""The figures of an annual operating plan: files in, ledger, metrics, charts; knows no screen."""
