# Exactly which actions each role allows, on which resources. Any other action fails these tests.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "roles" {
  assert {
    condition = [for s in data.aws_iam_policy_document.presign.statement : { actions = s.actions, resources = s.resources }] == [
      { actions = toset(["s3:PutObject"]), resources = toset(["arn:aws:s3:::mock-uploads/*"]) },
    ]
    error_message = "Presign may only put objects into uploads."
  }

  assert {
    condition = [for s in data.aws_iam_policy_document.process.statement : { actions = s.actions, resources = s.resources }] == [
      { actions = toset(["s3:GetObject"]), resources = toset(["arn:aws:s3:::mock-uploads/*"]) },
      { actions = toset(["s3:PutObject"]), resources = toset(["arn:aws:s3:::mock-processed/*"]) },
      { actions = toset(["sqs:SendMessage"]), resources = toset(["arn:aws:sqs:eu-west-1:123456789012:mock"]) },
    ]
    error_message = "Process may only get uploads, put thumbnails and send dead letters."
  }

  assert {
    condition = [for s in data.aws_iam_policy_document.poll.statement : { actions = s.actions, resources = s.resources }] == [
      { actions = toset(["s3:GetObject"]), resources = toset(["arn:aws:s3:::mock-processed/*"]) },
      { actions = toset(["s3:ListBucket"]), resources = toset(["arn:aws:s3:::mock-processed"]) },
    ]
    error_message = "Poll may only get thumbnails and list their bucket. (Without s3:ListBucket, S3 answers 403 for a missing key.)"
  }

  assert {
    condition = alltrue([for function in ["presign", "process", "poll"] :
      [for s in data.aws_iam_policy_document.logs[function].statement : { actions = s.actions, resources = s.resources }] == [
        { actions = toset(["logs:CreateLogStream", "logs:PutLogEvents"]), resources = toset([aws_cloudwatch_log_group.function[function].arn, "${aws_cloudwatch_log_group.function[function].arn}:*"]) },
      ]
    ])
    error_message = "Each function may only write to its own log."
  }

  assert {
    condition     = keys(aws_iam_role.function) == ["poll", "presign", "process"] && keys(aws_iam_role_policy.logs) == ["poll", "presign", "process"]
    error_message = "Each of the three functions must have its own role."
  }

  assert {
    condition     = data.aws_iam_policy_document.assume_role.statement[0].actions == toset(["sts:AssumeRole"]) && one(data.aws_iam_policy_document.assume_role.statement[0].principals).identifiers == toset(["lambda.amazonaws.com"])
    error_message = "Only Lambda may assume the roles."
  }
}

run "buckets" {
  assert {
    condition = [for s in data.aws_iam_policy_document.site[0].statement : { effect = coalesce(s.effect, "Allow"), actions = s.actions, resources = s.resources }] == [
      { effect = "Allow", actions = toset(["s3:GetObject"]), resources = toset(["arn:aws:s3:::mock-site/*"]) },
    ]
    error_message = "The public may only read the page's objects."
  }

  assert {
    condition     = data.aws_iam_policy_document.site[0].source_policy_documents == tolist([data.aws_iam_policy_document.tls_only["site"].json])
    error_message = "The page's bucket must refuse requests without TLS."
  }

  assert {
    condition = alltrue([for bucket in ["site", "uploads", "processed"] :
      [for s in data.aws_iam_policy_document.tls_only[bucket].statement : { effect = s.effect, actions = s.actions, resources = s.resources }] == [
        { effect = "Deny", actions = toset(["s3:*"]), resources = toset(["arn:aws:s3:::mock-${bucket}", "arn:aws:s3:::mock-${bucket}/*"]) },
      ] && one(data.aws_iam_policy_document.tls_only[bucket].statement[0].condition).variable == "aws:SecureTransport"
    ])
    error_message = "Every bucket must refuse requests without TLS."
  }

  assert {
    condition     = keys(aws_s3_bucket_policy.private) == ["processed", "uploads"]
    error_message = "The TLS-only policies must be attached on AWS."
  }
}

run "page_behind_cloudfront" {
  variables {
    cloudfront = true
  }

  assert {
    condition = [for s in data.aws_iam_policy_document.cloudfront[0].statement : { actions = s.actions, resources = s.resources, who = one(s.principals).identifiers, from = one(s.condition).values }] == [
      { actions = toset(["s3:GetObject"]), resources = toset(["arn:aws:s3:::mock-site/*"]), who = toset(["cloudfront.amazonaws.com"]), from = tolist(["arn:aws:cloudfront::123456789012:distribution/MOCK"]) },
    ]
    error_message = "Only this stack's CloudFront distribution may read the page's objects."
  }

  assert {
    condition     = data.aws_iam_policy_document.cloudfront[0].source_policy_documents == tolist([data.aws_iam_policy_document.tls_only["site"].json])
    error_message = "Behind CloudFront, too, the page's bucket must refuse requests without TLS."
  }

  assert {
    condition     = length(data.aws_iam_policy_document.site) == 0
    error_message = "The public may not read the page's bucket."
  }
}
