import type { Config } from "#config";

type Place = Pick<Config, "port" | "host">;

/** Why a port cannot be listened on, as a sentence for the operator. */
export const explainListen = (error: NodeJS.ErrnoException, { port, host }: Place): string => {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is in use by another program. Stop that, or choose another port with PORT.`;
    case "EACCES":
      return `Port ${port} may not be opened by this user. Choose one above 1023 with PORT.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is "${host}", which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`;
    default:
      return `Port ${port} on ${host} cannot be opened: ${error.message}.`;
  }
};
