namespace ClusterEmu.Api;

/// <summary>The two forms in which the API describes itself.</summary>
internal enum OpenApiDialect
{
    /// <summary>Swagger 2.0, all groups in one document.</summary>
    V2,

    /// <summary>OpenAPI 3.0, one document per group and version.</summary>
    V3,
}
