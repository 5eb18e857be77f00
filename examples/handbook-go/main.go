// A handbook with the questions that it must answer, an item beside it, and a search.
package main

import (
	vultr "example.com/pulumi-vultr-inference/sdk/go/vultrinference"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		handbook, err := vultr.NewKnowledgeBase(ctx, "handbook", &vultr.KnowledgeBaseArgs{
			Name:      pulumi.String("Handbook"),
			Documents: "documents",
			Questions: []vultr.RetrievalCaseInput{vultr.RetrievalCaseArgs{
				Query:  pulumi.String("How many days of holiday do I have?"),
				Expect: vultr.ExpectationArray{vultr.ExpectationArgs{Document: pulumi.String("holidays.md")}},
			}},
		})
		if err != nil {
			return err
		}
		lunch, err := vultr.NewItem(ctx, "lunch", &vultr.ItemArgs{
			CollectionId: handbook.CollectionId,
			Content:      pulumi.String("Lunch is at noon, in the kitchen on the second floor."),
			Description:  pulumi.String("Lunch"),
		})
		if err != nil {
			return err
		}
		found := vultr.SearchOutput(ctx, vultr.SearchOutputArgs{
			CollectionId: handbook.CollectionId,
			Input:        pulumi.String("When is lunch?"),
		}, pulumi.DependsOn([]pulumi.Resource{lunch}))

		ctx.Export("collectionId", handbook.CollectionId)
		ctx.Export("recall", handbook.Recall)
		ctx.Export("passage", found.Results().Index(pulumi.Int(0)).Content())
		return nil
	})
}
