# What the README recommends: `make lint` has checkov judge main.tf with it.
cloudfront         = true
alarm_email        = "owner@example.com"
monthly_budget_usd = 5
