# Values that must be refused, each with its variable's own message.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "name_with_a_dot" {
  command = plan

  variables {
    name = "my.thumbs"
  }

  expect_failures = [var.name]
}

run "name_in_capitals" {
  command = plan

  variables {
    name = "Thumbs"
  }

  expect_failures = [var.name]
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-name-of-twenty-five-chars"
  }

  expect_failures = [var.name]
}

run "unknown_architecture" {
  command = plan

  variables {
    architecture = "riscv"
  }

  expect_failures = [var.architecture]
}

run "endpoint_elsewhere" {
  command = plan

  variables {
    endpoint_url = "https://s3.amazonaws.com"
  }

  expect_failures = [var.endpoint_url]
}

run "no_types" {
  command = plan

  variables {
    accepted_types = {}
  }

  expect_failures = [var.accepted_types]
}

run "type_that_cannot_be_read" {
  command = plan

  variables {
    accepted_types = { "image/svg+xml" = "svg" }
  }

  expect_failures = [var.accepted_types]
}

run "extension_with_a_dot" {
  command = plan

  variables {
    accepted_types = { "image/png" = ".png" }
  }

  expect_failures = [var.accepted_types]
}

run "no_upload_at_all" {
  command = plan

  variables {
    max_upload_mb = 0
  }

  expect_failures = [var.max_upload_mb]
}

run "upload_too_large" {
  command = plan

  variables {
    max_upload_mb = 101
  }

  expect_failures = [var.max_upload_mb]
}

run "part_of_a_megabyte" {
  command = plan

  variables {
    max_upload_mb = 1.5
  }

  expect_failures = [var.max_upload_mb]
}

run "no_title_length" {
  command = plan

  variables {
    max_text_length = 0
  }

  expect_failures = [var.max_text_length]
}

run "title_beyond_the_metadata" {
  command = plan

  variables {
    max_text_length = 121
  }

  expect_failures = [var.max_text_length]
}

run "empty_default_title" {
  command = plan

  variables {
    default_title = ""
  }

  expect_failures = [var.default_title]
}

run "uploads_kept_no_day" {
  command = plan

  variables {
    upload_retention_days = 0
  }

  expect_failures = [var.upload_retention_days]
}

run "thumbnails_kept_half_a_day" {
  command = plan

  variables {
    thumbnail_retention_days = 0.5
  }

  expect_failures = [var.thumbnail_retention_days]
}

run "log_retention_unknown_to_cloudwatch" {
  command = plan

  variables {
    log_retention_days = 10
  }

  expect_failures = [var.log_retention_days]
}

run "origin_with_a_wildcard" {
  command = plan

  variables {
    extra_origins = ["*"]
  }

  expect_failures = [var.extra_origins]
}

run "origin_with_a_path" {
  command = plan

  variables {
    extra_origins = ["https://example.com/page"]
  }

  expect_failures = [var.extra_origins]
}

run "no_requests" {
  command = plan

  variables {
    throttle_rate = 0
  }

  expect_failures = [var.throttle_rate]
}

run "no_burst" {
  command = plan

  variables {
    throttle_burst = 0
  }

  expect_failures = [var.throttle_burst]
}

run "too_little_memory" {
  command = plan

  variables {
    process_memory_mb = 512
  }

  expect_failures = [var.process_memory_mb]
}

run "not_an_address" {
  command = plan

  variables {
    alarm_email = "owner"
  }

  expect_failures = [var.alarm_email]
}

run "domain_without_cloudfront" {
  command = plan

  variables {
    page_domain = { name = "thumbs.example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock" }
  }

  expect_failures = [var.page_domain]
}

run "certificate_of_another_region" {
  command = plan

  variables {
    cloudfront  = true
    page_domain = { name = "thumbs.example.com", certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/mock" }
  }

  expect_failures = [var.page_domain]
}

run "cloudfront_on_an_emulator" {
  command = plan

  variables {
    cloudfront   = true
    endpoint_url = "http://localhost:4566"
  }

  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "000000000000" }
  }

  expect_failures = [var.cloudfront]
}

run "half_a_thumbnail_at_once" {
  command = plan

  variables {
    process_concurrency = 0.5
  }

  expect_failures = [var.process_concurrency]
}

run "budget_that_nobody_is_told_of" {
  command = plan

  variables {
    monthly_budget_usd = 5
  }

  expect_failures = [var.monthly_budget_usd]
}
