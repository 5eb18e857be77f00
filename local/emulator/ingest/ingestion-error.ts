/** A file cannot become items; the message is what the API tells about it. */
export class IngestionError extends Error {}
