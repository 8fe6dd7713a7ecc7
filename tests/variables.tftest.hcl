# Values that each variable must refuse.

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
    name = "a-name-of-25-characters-x"
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

run "no_types" {
  command = plan

  variables {
    accepted_types = {}
  }

  expect_failures = [var.accepted_types]
}

run "type_that_process_cannot_decode" {
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

run "upload_limit_of_zero" {
  command = plan

  variables {
    max_upload_mb = 0
  }

  expect_failures = [var.max_upload_mb]
}

run "upload_limit_too_large" {
  command = plan

  variables {
    max_upload_mb = 101
  }

  expect_failures = [var.max_upload_mb]
}

run "upload_limit_not_whole" {
  command = plan

  variables {
    max_upload_mb = 1.5
  }

  expect_failures = [var.max_upload_mb]
}

run "title_length_of_zero" {
  command = plan

  variables {
    max_text_length = 0
  }

  expect_failures = [var.max_text_length]
}

run "title_longer_than_the_metadata" {
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

run "look_that_does_not_exist" {
  command = plan

  variables {
    default_look = "sepia"
  }

  expect_failures = [var.default_look]
}

run "file_that_is_not_a_look" {
  command = plan

  variables {
    default_look = "__init__"
  }

  expect_failures = [var.default_look]
}

run "accent_by_name" {
  command = plan

  variables {
    default_accent = "red"
  }

  expect_failures = [var.default_accent]
}

run "accent_of_three_digits" {
  command = plan

  variables {
    default_accent = "#f03"
  }

  expect_failures = [var.default_accent]
}

run "size_that_is_not_drawn" {
  command = plan

  variables {
    thumbnail_sizes = ["1280x720", "640x360"]
  }

  expect_failures = [var.thumbnail_sizes]
}

run "no_size" {
  command = plan

  variables {
    thumbnail_sizes = []
  }

  expect_failures = [var.thumbnail_sizes]
}

run "default_size_that_is_not_offered" {
  command = plan

  variables {
    thumbnail_sizes = ["1280x720", "1920x1080"]
    default_size    = "3840x2160"
  }

  expect_failures = [var.default_size]
}

run "uploads_kept_for_zero_days" {
  command = plan

  variables {
    upload_retention_days = 0
  }

  expect_failures = [var.upload_retention_days]
}

run "thumbnails_kept_for_half_a_day" {
  command = plan

  variables {
    thumbnail_retention_days = 0.5
  }

  expect_failures = [var.thumbnail_retention_days]
}

run "log_retention_that_cloudwatch_does_not_offer" {
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

run "passphrase_of_11_characters" {
  command = plan

  variables {
    passphrase = "11 letters."
  }

  expect_failures = [var.passphrase]
}

run "empty_passphrase" {
  command = plan

  variables {
    passphrase = ""
  }

  expect_failures = [var.passphrase]
}

run "passphrase_with_a_line_break" {
  command = plan

  variables {
    passphrase = "two lines of a\nfile are refused"
  }

  expect_failures = [var.passphrase]
}

run "passphrase_that_ends_with_a_space" {
  command = plan

  variables {
    passphrase = "correct horse battery "
  }

  expect_failures = [var.passphrase]
}

run "throttle_rate_of_zero" {
  command = plan

  variables {
    throttle_rate = 0
  }

  expect_failures = [var.throttle_rate]
}

run "throttle_burst_of_zero" {
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

run "invalid_alarm_email" {
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

run "certificate_in_another_region" {
  command = plan

  variables {
    cloudfront  = true
    page_domain = { name = "thumbs.example.com", certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/mock" }
  }

  expect_failures = [var.page_domain]
}

run "concurrency_not_whole" {
  command = plan

  variables {
    process_concurrency = 0.5
  }

  expect_failures = [var.process_concurrency]
}

run "budget_without_an_alarm_email" {
  command = plan

  variables {
    monthly_budget_usd = 5
  }

  expect_failures = [var.monthly_budget_usd]
}

run "boundary_that_is_no_policy" {
  command = plan

  variables {
    permissions_boundary = "arn:aws:iam::123456789012:role/boundary"
  }

  expect_failures = [var.permissions_boundary]
}

run "boundary_by_name" {
  command = plan

  variables {
    permissions_boundary = "boundary"
  }

  expect_failures = [var.permissions_boundary]
}
