# The local stack adds this to main.tf, together with emulator_override.tf.

variable "endpoint_url" {
  type        = string
  description = "Address of the emulator, such as http://localhost:4566."
}
