variable "name" {
  type        = string
  description = "Prefix of all names: buckets, functions, roles, queue. Change it to run two copies side by side."
  default     = "thumbnail-generator"

  validation {
    # A dot would force path-style S3 addresses, whose certificate and CORS handling differ.
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 24 lower-case letters, digits and dashes, starting with a letter and not ending with a dash; no dots."
  }
}

variable "architecture" {
  type        = string
  description = "Architecture of the functions. Build the packages for it first: make build ARCHITECTURE=..."
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }

  validation {
    condition     = fileexists("${path.module}/build/${var.architecture}/process.zip")
    error_message = "There are no packages for this architecture yet. Build them first: make build ARCHITECTURE=${var.architecture}"
  }
}

variable "accepted_types" {
  type        = map(string)
  description = "Content types that may be uploaded, each with the file extension of its object keys."
  default = {
    "image/jpeg" = "jpg"
    "image/png"  = "png"
    "image/webp" = "webp"
    "image/gif"  = "gif"
    "image/bmp"  = "bmp"
    "image/tiff" = "tiff"
    "image/avif" = "avif"
    "image/heic" = "heic"
    "image/heif" = "heif"
  }

  validation {
    condition = length(var.accepted_types) > 0 && alltrue([
      for type in keys(var.accepted_types) : contains([
        "image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp",
        "image/tiff", "image/avif", "image/heic", "image/heif",
      ], type)
    ])
    error_message = "accepted_types may name image/jpeg, png, webp, gif, bmp, tiff, avif, heic and heif: the process function decodes no others."
  }

  validation {
    condition     = alltrue([for extension in values(var.accepted_types) : can(regex("^[a-z0-9]{2,5}$", extension))])
    error_message = "accepted_types: an extension is 2 to 5 lower-case letters or digits, without a dot."
  }
}

variable "max_upload_mb" {
  type        = number
  description = "Largest upload in MB (1,000,000 bytes)."
  default     = 25

  validation {
    condition     = var.max_upload_mb >= 1 && var.max_upload_mb <= 100 && floor(var.max_upload_mb) == var.max_upload_mb
    error_message = "max_upload_mb must be a whole number from 1 to 100."
  }
}

variable "max_text_length" {
  type        = number
  description = "Longest title, in characters."
  default     = 120

  validation {
    # S3 takes 2 KB of metadata; one character can need 12 bytes once percent-encoded.
    condition     = var.max_text_length >= 1 && var.max_text_length <= 120 && floor(var.max_text_length) == var.max_text_length
    error_message = "max_text_length must be a whole number from 1 to 120: a longer title might not fit into S3's 2 KB of metadata."
  }
}

variable "default_title" {
  type        = string
  description = "Title of thumbnails that are requested without one."
  default     = "Your Title Here"

  validation {
    condition     = length(var.default_title) >= 1 && length(var.default_title) <= 120
    error_message = "default_title must have 1 to 120 characters."
  }
}

variable "default_look" {
  type        = string
  description = "Look of thumbnails that are requested without one: auto for three looks, or the name of one."
  default     = "auto"

  validation {
    condition     = contains(concat(["auto"], local.looks), var.default_look)
    error_message = "default_look must be one of ${join(", ", concat(["auto"], local.looks))}."
  }
}

variable "default_accent" {
  type        = string
  description = "Accent colour of thumbnails that are requested without one: auto, or a colour as #rrggbb."
  default     = "auto"

  validation {
    condition     = can(regex("^(auto|#[0-9A-Fa-f]{6})$", var.default_accent))
    error_message = "default_accent must be auto, or a colour as #rrggbb, such as #ff0033."
  }
}

variable "thumbnail_sizes" {
  type        = list(string)
  description = "Sizes in pixels that thumbnails may be requested in: 1280x720, 1920x1080, 3840x2160."
  default     = ["1280x720", "1920x1080", "3840x2160"]

  validation {
    condition     = length(var.thumbnail_sizes) > 0 && alltrue([for size in var.thumbnail_sizes : contains(["1280x720", "1920x1080", "3840x2160"], size)])
    error_message = "thumbnail_sizes may list 1280x720, 1920x1080 and 3840x2160: the process function draws no others."
  }
}

variable "default_size" {
  type        = string
  description = "Size of thumbnails that are requested without one; one of thumbnail_sizes."
  default     = "1280x720"

  validation {
    condition     = contains(var.thumbnail_sizes, var.default_size)
    error_message = "default_size must be one of thumbnail_sizes."
  }
}

variable "upload_retention_days" {
  type        = number
  description = "Days after which S3 deletes an uploaded picture. S3 deletes once a day, so it may take a day longer."
  default     = 1

  validation {
    condition     = var.upload_retention_days >= 1 && floor(var.upload_retention_days) == var.upload_retention_days
    error_message = "upload_retention_days must be a whole number of at least 1."
  }
}

variable "thumbnail_retention_days" {
  type        = number
  description = "Days after which S3 deletes a finished thumbnail. S3 deletes once a day, so it may take a day longer."
  default     = 7

  validation {
    condition     = var.thumbnail_retention_days >= 1 && floor(var.thumbnail_retention_days) == var.thumbnail_retention_days
    error_message = "thumbnail_retention_days must be a whole number of at least 1."
  }
}

variable "log_retention_days" {
  type        = number
  description = "Days after which CloudWatch deletes a log line."
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_retention_days)
    error_message = "log_retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, which CloudWatch accepts."
  }
}

variable "extra_origins" {
  type        = list(string)
  description = "Origins, besides the page's own, from which browsers may call the API and the uploads bucket."
  default     = []

  validation {
    condition     = alltrue([for origin in var.extra_origins : can(regex("^https?://[^/*[:space:]]+$", origin))])
    error_message = "extra_origins: each is a scheme and a host without a path or a wildcard, such as https://www.example.com."
  }
}

variable "cloudfront" {
  type        = bool
  description = "Serve the page through CloudFront from a private bucket, with security headers, instead of from a public bucket."
  default     = false
}

variable "page_domain" {
  type        = object({ name = string, certificate_arn = string })
  description = "Custom domain of the page, and its ACM certificate in us-east-1; requires TLS 1.2. Point its DNS to CloudFront."
  default     = null

  validation {
    condition     = var.page_domain == null || var.cloudfront
    error_message = "page_domain needs CloudFront: also set cloudfront = true."
  }

  validation {
    condition = var.page_domain == null || (
      can(regex("^[a-z0-9-]+([.][a-z0-9-]+)+$", var.page_domain.name)) &&
      can(regex("^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/", var.page_domain.certificate_arn))
    )
    error_message = "page_domain needs a name such as thumbs.example.com, and the ARN of a certificate in us-east-1, the only region whose certificates CloudFront accepts."
  }
}

variable "passphrase" {
  type        = string
  description = "Passphrase that the page and the API require for an upload; null: anyone may upload. Best random: openssl rand -base64 18"
  default     = null
  sensitive   = true

  validation {
    # The limit keeps the header that carries it far below API Gateway's 10 KB.
    condition     = var.passphrase == null || can(regex("^[^[:cntrl:]]{12,128}$", var.passphrase))
    error_message = "passphrase must have 12 to 128 characters, and no line breaks; random ones are best: openssl rand -base64 18"
  }

  validation {
    condition     = var.passphrase == null || try(trimspace(var.passphrase) == var.passphrase, false)
    error_message = "passphrase must not start or end with a space."
  }
}

variable "throttle_rate" {
  type        = number
  description = "Requests per second that the API accepts on average; it answers any more with 429."
  default     = 20

  validation {
    condition     = var.throttle_rate >= 1
    error_message = "throttle_rate must be at least 1."
  }
}

variable "throttle_burst" {
  type        = number
  description = "Requests that the API accepts at once before throttle_rate applies."
  default     = 40

  validation {
    condition     = var.throttle_burst >= 1 && floor(var.throttle_burst) == var.throttle_burst
    error_message = "throttle_burst must be a whole number of at least 1."
  }
}

variable "process_memory_mb" {
  type        = number
  description = "Memory of the process function in MB; 1769 MB gets one vCPU, and CPU is proportional. See docs/costs.md."
  default     = 1769

  validation {
    condition     = var.process_memory_mb >= 1536 && var.process_memory_mb <= 10240 && floor(var.process_memory_mb) == var.process_memory_mb
    error_message = "process_memory_mb must be a whole number from 1536 (for the largest accepted pictures) to 10240 (Lambda's limit)."
  }
}

variable "process_concurrency" {
  type        = number
  description = "Limit on uploads processed at once (reserved concurrency); others wait. null for the account's limit. AWS keeps 100 executions unreserved, so new accounts cannot set it: lower throttle_rate instead."
  default     = null

  validation {
    condition     = var.process_concurrency == null || (coalesce(var.process_concurrency, 1) >= 1 && floor(coalesce(var.process_concurrency, 1)) == coalesce(var.process_concurrency, 1))
    error_message = "process_concurrency must be a whole number of at least 1, or null."
  }
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the policy that bounds the functions' roles, where the account demands one; null for none."
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of an IAM policy, such as arn:aws:iam::123456789012:policy/boundary, or null."
  }
}

variable "alarm_email" {
  type        = string
  description = "E-mail address for alarms; null for none. AWS first asks it to confirm."
  default     = null

  validation {
    condition     = var.alarm_email == null || can(regex("^[^@[:space:]]+@[^@[:space:]]+$", var.alarm_email))
    error_message = "alarm_email must be an e-mail address, or null."
  }
}

variable "monthly_budget_usd" {
  type        = number
  description = "Monthly budget of the whole account in US dollars, with notices to alarm_email; null for none."
  default     = null

  validation {
    condition     = var.monthly_budget_usd == null || (coalesce(var.monthly_budget_usd, 1) > 0 && var.alarm_email != null)
    error_message = "monthly_budget_usd must be above 0, and needs alarm_email."
  }
}
