/** The version of the CLI whose formats and behaviour this engine follows. */
export const CLI_VERSION = "v3.248.0";
