namespace Touchstage.Safety.Egress;

/// <inheritdoc/>
internal sealed class ProviderChannel(GuardedHandler handlers) : IProviderChannel
{
    /// <inheritdoc/>
    public HttpMessageHandler Open(Uri authority) => new ProviderHandler(authority, handlers.CreateForOperator());
}
