namespace Touchstage.Safety.Tests.Credentials.Planted;

/// <summary>A token as it should be.</summary>
internal sealed class SilentToken(string access)
{
    public string RevealAccess() => access;

    public override string ToString() => "***";
}
