import { Link } from "@tanstack/react-router";
import classes from "./entra-guide.module.css";

const steps = [
  <>
    In the Entra admin centre open <b>Enterprise applications</b> and choose <b>New application</b>.
  </>,
  <>
    Choose <b>Create your own application</b>, name it Muster, and keep “Integrate any other
    application (non-gallery)”.
  </>,
  <>
    Open <b>Provisioning</b>, choose <b>Connect your application</b>, and set the mode to Automatic.
  </>,
  <>
    Paste <b>Endpoint</b> into Tenant URL and <b>Token</b> into Secret token, then press{" "}
    <b>Test Connection</b>. This page says at once whether it arrived.
  </>,
  <>
    Open <b>Attribute mapping › Users</b> and make <code>mail</code> → <code>userName</code> with
    matching precedence 1; where some have no mail,{" "}
    <code>Coalesce([mail], [userPrincipalName])</code>.
  </>,
  <>
    Keep the other rows as they are, or set them as in the table under{" "}
    <Link to="." search={{ tab: "attributes" }}>
      Attributes
    </Link>
    ; a missing row breaks nothing.
  </>,
  <>
    Under <b>Users and groups</b>, assign the people and groups that Muster should know.
  </>,
  <>
    Set <b>Provisioning status</b> to On. The first cycle starts now; later ones come every 20 to 40
    minutes.
  </>,
];

/** The other half of the set-up, which happens in Entra; open until the first call has come. */
export const EntraGuide = ({ isOpen }: { isOpen: boolean }) => (
  <details className={classes["guide"]} open={isOpen}>
    <summary>In Entra, do this</summary>
    <ol className={classes["steps"]}>
      {steps.map((step, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- steps are their order
        <li key={index}>{step}</li>
      ))}
    </ol>
  </details>
);
