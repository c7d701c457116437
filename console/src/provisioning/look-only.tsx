import { useMay, useSession } from "../app-shell/session.ts";
import { Note } from "../elements/note.tsx";

/** Why nothing here can be changed, for whoever may only look. */
export const LookOnly = () => {
  const { role } = useSession();
  if (useMay()("provisioning:edit")) return null;
  return (
    <Note tone="calm">
      You may look at this but not change it: your access role, {role.name}, lacks “Provisioning:
      Edit”.
    </Note>
  );
};
