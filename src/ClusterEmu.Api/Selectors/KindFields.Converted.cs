namespace ClusterEmu.Api;

/// <content>Fields of requests for certificates, and of Events in the groups other than core.</content>
internal static partial class KindFields
{
    public static readonly SelectableFields<CertificateSigningRequest> CertificateSigningRequest = new()
    {
        Own = [("spec.signerName", request => request.Spec.SignerName)],
    };

    public static readonly SelectableFields<EventsEvent> EventsEvent = new()
    {
        Own =
        [
            ("regarding.kind", about => about.Regarding.Kind),
            ("regarding.namespace", about => about.Regarding.Namespace),
            ("regarding.name", about => about.Regarding.Name),
            ("regarding.uid", about => about.Regarding.Uid),
            ("regarding.apiVersion", about => about.Regarding.ApiVersion),
            ("regarding.resourceVersion", about => about.Regarding.ResourceVersion),
            ("regarding.fieldPath", about => about.Regarding.FieldPath),
            ("reason", about => about.Reason),
            ("reportingController", about => about.ReportingController),
            ("type", about => about.Type),
        ],
    };

    public static readonly SelectableFields<EventsEventV1Beta1> EventsEventV1Beta1 = new()
    {
        Own =
        [
            ("regarding.kind", about => about.Regarding.Kind),
            ("regarding.namespace", about => about.Regarding.Namespace),
            ("regarding.name", about => about.Regarding.Name),
            ("regarding.uid", about => about.Regarding.Uid),
            ("regarding.apiVersion", about => about.Regarding.ApiVersion),
            ("regarding.resourceVersion", about => about.Regarding.ResourceVersion),
            ("regarding.fieldPath", about => about.Regarding.FieldPath),
            ("reason", about => about.Reason),
            ("reportingController", about => about.ReportingController),
            ("type", about => about.Type),
        ],
    };
}
