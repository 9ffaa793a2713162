/** What differs between installations, or between a demonstration and the real thing. */
export interface RenderOptions {
  /** Multiplies every duration: 1 as written, less for a demonstration that cannot wait. */
  readonly timeScale: number
  readonly links: {
    /** Where people open Grafana, without a slash at the end. */
    readonly grafana: string
    /** Folder of the runbooks; `<AlertName>.md` is appended. */
    readonly runbooks: string
  }
  /** The HTTP receiver that Alertmanager posts to. */
  readonly receiverUrl: string
}
