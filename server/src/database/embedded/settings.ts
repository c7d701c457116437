type Given = {
  readonly socketFolder: string;
  readonly durable: boolean;
  readonly maxConnections: number;
};

/** The settings the embedded server is started with. They win over any file in the data directory. */
export const serverSettings = ({
  socketFolder,
  durable,
  maxConnections,
}: Given): Record<string, string | number> => ({
  listen_addresses: "",
  unix_socket_directories: socketFolder,
  unix_socket_permissions: "0700",
  max_connections: maxConnections,
  fsync: durable ? "on" : "off",
  synchronous_commit: durable ? "on" : "off",
  full_page_writes: durable ? "on" : "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
  // Statements and the values in their errors are people's data, and the log is no place for those.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
});
