namespace ClusterEmu.Api;

/// <summary>One problem of one field, as <c>field.Error</c> of k8s.io/apimachinery words it.</summary>
/// <param name="Reason">The cause's reason: <c>FieldValueInvalid</c>, <c>FieldValueRequired</c>, …</param>
/// <param name="Path">Such as <c>spec.ports[0].nodePort</c>.</param>
/// <param name="Body">The message without the path: <c>Invalid value: 80: provided port is not in the valid range</c>.</param>
public sealed record FieldError(string Reason, string Path, string Body)
{
    public override string ToString() => $"{Path}: {Body}";
}

/// <summary>A body that is no valid object. The message is what the API server answers with code 400.</summary>
public sealed class ObjectDecodingException(string message) : Exception(message);
