import { pino, type Logger } from "pino";

/** The process's log goes to standard error; standard output is for what people and scripts read. */
export const createLogger = (level: string): Logger => pino({ level }, pino.destination(2));
