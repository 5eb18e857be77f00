// The site's settings; what build.mjs knows of the project stands in site.json beside.
import { readFileSync } from "node:fs";

const { title, description, addresses, sidebar, reference } = JSON.parse(
  readFileSync(new URL("site.json", import.meta.url), "utf8"),
);

export default {
  title,
  description,
  outDir: "dist",
  cleanUrls: true,
  lastUpdated: false,
  head: [["link", { rel: "icon", href: "data:," }]],
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Guide", link: "/getting-started" },
      { text: "Resources", link: "/resources" },
      { text: "Client", link: "/client" },
      { text: "Reference", link: "/reference/" },
      { text: "Vultr API", link: addresses.vultr },
      { text: "npm", link: addresses.npm },
      ...(addresses.repository === undefined ? [] : [{ text: "Repository", link: addresses.repository }]),
    ],
    // A function must bring all that it needs: the pages say themselves where they are edited.
    ...(addresses.repository !== undefined && {
      editLink: { pattern: ({ frontmatter }) => frontmatter.edit, text: "Edit this page" },
    }),
    sidebar: { "/": sidebar, "/reference/": reference },
    footer: { message: "Not affiliated with Vultr or Pulumi. Apache-2.0." },
  },
};
