import type * as pulumi from "@pulumi/pulumi";
import type { SpeechArgs, SpeechFileResult, SpeechResult } from "../../provider/functions/speech.js";
import { call, callPaidOutput } from "./call.js";
import type { FunctionOptions, InputsOf, PaidFunctionOutputOptions } from "./options.js";

/**
 * Speaks a text. It is charged each time the program runs; a `file` spares every run in which nothing has changed.
 * Beside the file stands another with `.vultr-inference.json` behind its name, which says what the audio is of: keep
 * the two together, in git for instance.
 *
 * Fails where the text is empty, and where the file cannot be written, before anything
 * is charged; where the voice or the model does not exist, or the API cannot be reached.
 *
 * @remarks It asks in previews, too: `speechOutput` spares them.
 *
 * @example
 * ```ts
 * import { listVoices, speech } from "pulumi-vultr-inference";
 *
 * const input = "The shop is closed today.";
 * export const path = listVoices()
 *   .then(({ voices: [voice = ""] }) => speech({ model: "bark-small", voice, input, file: "closed.wav" }))
 *   .then(({ file }) => file);
 * ```
 */
export function speech(
  args: SpeechArgs & { readonly file: string },
  options?: FunctionOptions,
): Promise<SpeechFileResult>;
/** The same without a file: spoken again each time. */
export function speech(args: SpeechArgs, options?: FunctionOptions): Promise<SpeechResult>;
export function speech(args: SpeechArgs, options?: FunctionOptions): Promise<SpeechResult> {
  return call((all) => all.speech, args, options);
}

/**
 * `speech` over Inputs. Unknown in previews unless `runInPreview` is set, or a `file` holds the audio already. As long
 * as no resource takes it and nothing exports it, the audio is not in the state.
 *
 * @example
 * ```ts
 * import { listVoicesOutput, speechOutput } from "pulumi-vultr-inference";
 *
 * const voice = listVoicesOutput().voices[0];
 * const spoken = speechOutput({ model: "bark-small", voice, input: "The shop is closed today.", file: "closed.wav" });
 * // spoken.asset goes wherever a resource takes a file, an object in a bucket for instance.
 * export const mediaType = spoken.mediaType;
 * ```
 */
export function speechOutput(
  args: InputsOf<SpeechArgs & { readonly file: string }>,
  options?: PaidFunctionOutputOptions,
): pulumi.Output<SpeechFileResult>;
/** The same without a file: spoken again in each `up`. */
export function speechOutput(
  args: InputsOf<SpeechArgs>,
  options?: PaidFunctionOutputOptions,
): pulumi.Output<SpeechResult>;
export function speechOutput(
  args: InputsOf<SpeechArgs>,
  options?: PaidFunctionOutputOptions,
): pulumi.Output<SpeechResult> {
  return callPaidOutput((all) => all.speech, args, options);
}
