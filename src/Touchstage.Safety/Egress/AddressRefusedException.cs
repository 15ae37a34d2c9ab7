namespace Touchstage.Safety.Egress;

/// <summary>Tells the client, through the HTTP stack, that an address was refused; it never leaves this room.</summary>
internal sealed class AddressRefusedException : IOException
{
    public AddressRefusedException()
        : base("The host has an address that may not be connected to.")
    {
    }
}
