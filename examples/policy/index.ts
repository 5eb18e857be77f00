// A policy pack: rules that every stack's knowledge bases must keep. Run it with
// `pulumi preview --policy-pack <this folder>`.
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";
import { Collection, Item } from "pulumi-vultr-inference";

new PolicyPack("knowledge-bases", {
  policies: [
    {
      name: "collection-names-the-team",
      description: 'A collection\'s name begins with the team that owns it, as in "docs: Handbook".',
      enforcementLevel: "mandatory",
      validateResource: validateResourceOfType(Collection, ({ name }, _args, report) => {
        if (!/^[a-z]+: \S/u.test(name))
          report(`The collection is named "${name}"; put the team in front of it, as in "docs: ${name}".`);
      }),
    },
    {
      name: "item-has-a-title",
      description: "An item has a description, so that people who browse the collection know what it is.",
      enforcementLevel: "advisory",
      validateResource: validateResourceOfType(Item, ({ description }, _args, report) => {
        if (description === undefined) report("The item has no description; give it a title.");
      }),
    },
  ],
});
