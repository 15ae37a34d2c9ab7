using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Touchstage.Safety.Egress;

/// <summary>
/// A network that the operator opened for connections that say <c>network: private</c>, written <c>ADDRESS/PREFIX[:PORT]</c>: <c>10.0.0.0/8</c>,
/// <c>127.0.0.1/32:5080</c>, <c>fd12::/16:443</c>. Link-local, metadata, multicast and unspecified addresses are never opened, whatever network holds them.
/// </summary>
internal sealed record AllowedNetwork
{
    private readonly IPNetwork network;
    private readonly int? port;

    private AllowedNetwork(IPNetwork network, int? port) => (this.network, this.port) = (network, port);

    /// <summary>Reads one network.</summary>
    /// <param name="text"><c>ADDRESS/PREFIX[:PORT]</c>; the address in its shortest spelling, bits after the prefix zero, the port from 1 to 65535.</param>
    /// <param name="allowed">The network.</param>
    /// <param name="problem">What is wrong and how to mend it, in one sentence, if the text is not such a network.</param>
    /// <returns>False if the text is not a network that can be opened.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowedNetwork? allowed, [NotNullWhen(false)] out string? problem)
    {
        allowed = null;
        problem = Read(text, out var network, out var port);
        if (problem is null)
        {
            allowed = new(network, port);
        }

        return allowed is not null;
    }

    /// <summary>Reads several networks and reports everything that is wrong at once.</summary>
    /// <param name="texts">The networks.</param>
    /// <param name="allowed">The networks that could be read.</param>
    /// <param name="problems">One sentence for each that could not be read.</param>
    /// <returns>True if all could be read.</returns>
    public static bool TryParseAll(IEnumerable<string> texts, out ImmutableArray<AllowedNetwork> allowed, out ImmutableArray<string> problems)
    {
        var (read, wrong) = (ImmutableArray.CreateBuilder<AllowedNetwork>(), ImmutableArray.CreateBuilder<string>());
        foreach (var text in texts)
        {
            if (TryParse(text, out var one, out var problem))
            {
                read.Add(one);
            }
            else
            {
                wrong.Add(problem);
            }
        }

        (allowed, problems) = (read.ToImmutable(), wrong.ToImmutable());
        return problems.IsEmpty;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{network}{(port is null ? "" : $":{port}")}");

    internal bool Holds(IPAddress address, int toPort) => (port is null || port == toPort) && network.Contains(address);

    private static string? Read(string text, out IPNetwork network, out int? port)
    {
        (network, port) = (default, null);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text.AsSpan(0, slash), out var address) || !IsShortest(address, text[..slash]))
        {
            return $"'{text}' is not a network: write ADDRESS/PREFIX[:PORT], such as 10.0.0.0/8 or 127.0.0.1/32:5080.";
        }

        var rest = text[(slash + 1)..].Split(':');
        var bits = address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        if (rest.Length > 2 || !TryNumber(rest[0], 0, bits, out var prefix))
        {
            return $"'{text}' has no prefix length from 0 to {bits} after the slash.";
        }

        if (rest.Length == 2 && !TryNumber(rest[1], 1, 65_535, out var number))
        {
            return $"'{text}' has no port from 1 to 65535 after the colon.";
        }

        port = rest.Length == 2 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : null;
        var first = First(address, prefix);
        if (!first.Equals(address))
        {
            return $"'{text}' has bits after its prefix: write {first}/{prefix}, or {address}/{bits} for the one address.";
        }

        network = new(address, prefix);
        return AddressPolicy.IsNeverOpened(network) ? $"'{text}' holds only link-local, metadata, multicast, unspecified or embedding addresses; these are never opened." : null;
    }

    private static bool IsShortest(IPAddress address, string text) => string.Equals(address.ToString(), text, StringComparison.OrdinalIgnoreCase);

    private static bool TryNumber(string text, int from, int to, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= from && number <= to && (text.Length == 1 || text[0] != '0');

    private static IPAddress First(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new(bytes);
    }
}
