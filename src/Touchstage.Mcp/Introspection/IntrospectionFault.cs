namespace Touchstage.Mcp.Introspection;

/// <summary>Why a request to <c>/introspect</c> is not one.</summary>
internal enum IntrospectionFault
{
    None,

    /// <summary>The content is no form.</summary>
    NoForm,

    /// <summary>The content is larger than a token can make it.</summary>
    TooLarge,

    /// <summary>A parameter is missing or double, or the client's credentials came twice.</summary>
    Malformed,

    /// <summary>No client's credentials came, or none in a form that is read.</summary>
    NoClient,
}
