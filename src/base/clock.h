/* How long stages take, for `--timings` and the bench; nothing that is written
 * depends on it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/* Seconds since some moment, never running back. */
double clock_seconds(void);

#endif
