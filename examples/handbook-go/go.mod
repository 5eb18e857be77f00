module handbook-go

go 1.25.0

require (
	example.com/pulumi-vultr-inference/sdk/go v0.0.0
	github.com/pulumi/pulumi/sdk/v3 v3.260.0
)

replace example.com/pulumi-vultr-inference/sdk/go => ./sdks/vultr-inference
