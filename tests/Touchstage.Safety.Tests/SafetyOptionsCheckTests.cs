using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Touchstage.Safety.Tests;

public sealed class SafetyOptionsCheckTests
{
    [Fact]
    public void AddTouchstageSafety_WrongOptions_TellsAllOfThemAtOnce()
    {
        var thrown = Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddTouchstageSafety(options =>
        {
            options.Issuer = "two words";
            options.Transport = "pigeon";
            options.FactLookUpsPerMinute = 0;
            options.InboxUrl = "javascript:alert(1)";
            options.Store = "mysql:somewhere";
            options.AllowedNetworks.Add("not a network");
        }));

        foreach (var name in (string[])["DataDirectory", "CapabilitiesDirectory", "Issuer", "Transport", "FactLookUpsPerMinute", "InboxUrl", "sqlite:", "not a network"])
        {
            thrown.Failures.ShouldContain(failure => failure.Contains(name, StringComparison.Ordinal));
        }
    }
}
