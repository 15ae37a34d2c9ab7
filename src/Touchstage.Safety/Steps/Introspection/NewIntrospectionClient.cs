namespace Touchstage.Safety.Steps.Introspection;

/// <summary>A client that was just created.</summary>
/// <param name="Client">The client.</param>
/// <param name="Secret">Its secret: to be shown once.</param>
public sealed record NewIntrospectionClient(IntrospectionClient Client, IntrospectionSecret Secret);
