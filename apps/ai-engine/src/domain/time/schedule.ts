/** When something is due, in the person's own wall time. */
export interface Schedule {
  /** RFC 5545 RRULE value without the `RRULE:` prefix, absent for a single occurrence. */
  readonly rrule?: string;
  /** First occurrence, local date YYYY-MM-DD. */
  readonly date: string;
  /** Wall time HH:MM, 24 hours. */
  readonly time: string;
  /** IANA zone. */
  readonly zone: string;
  /** The last local date on which it still counts, when the person named one. */
  readonly due?: string;
}
