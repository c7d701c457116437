import { Client } from "pg";

/** The URL of another database of the same server. */
export const urlOfCopy = (url: string, name: string): string => {
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  return copy.href;
};

export const createCopy = (url: string, name: string, template: string): Promise<void> =>
  onServer(url, `create database ${name} template ${template}`);

export const dropCopy = (url: string, name: string): Promise<void> =>
  onServer(url, `drop database if exists ${name} with (force)`);

const onServer = async (url: string, statement: string): Promise<void> => {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
