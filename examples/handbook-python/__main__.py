"""A handbook with the questions that it must answer, an item beside it, and a search."""
import pulumi
import pulumi_vultr_inference as vultr

handbook = vultr.KnowledgeBase(
    "handbook",
    name="Handbook",
    documents="documents",
    questions=[
        vultr.RetrievalCaseArgs(
            query="How many days of holiday do I have?",
            expect=[vultr.ExpectationArgs(document="holidays.md")],
        )
    ],
)
lunch = vultr.Item(
    "lunch",
    collection_id=handbook.collection_id,
    content="Lunch is at noon, in the kitchen on the second floor.",
    description="Lunch",
)
found = vultr.search_output(
    collection_id=handbook.collection_id,
    input="When is lunch?",
    opts=pulumi.InvokeOutputOptions(depends_on=[lunch]),
)

pulumi.export("collectionId", handbook.collection_id)
pulumi.export("recall", handbook.recall)
pulumi.export("passage", found.results[0].content)
