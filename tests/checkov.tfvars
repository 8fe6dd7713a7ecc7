# The settings that the README recommends; checkov scans main.tf with them.
cloudfront         = true
alarm_email        = "owner@example.com"
monthly_budget_usd = 5
