package io.github.bms4j.config;

import io.github.bms4j.charge.FeedIn;
import io.github.bms4j.charge.OfferSchedule;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.PowerPrice;
import io.github.bms4j.charge.PriceBlock;
import io.github.bms4j.charge.SiteSeries;
import io.github.bms4j.charge.SiteStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationRating;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an offer file says (docs/plan.md); times are seconds from now.
 *
 * @param offer the offer
 * @param site what the site can spare
 */
public record OfferFile(StationOffer offer, SiteSeries site) {
    private static final int FORMAT = 1;

    static OfferFile read(ConfigNode root, @Nullable LocalDateTime now) throws ConfigException {
        root.get("offer").whole(FORMAT, FORMAT);
        PlanTimes times = new PlanTimes(now);
        ConfigParts parts = new ConfigParts();
        parts.part(() -> {
            root.rejectUnknown("offer", "source", "validUntil", "station", "schedules", "site");
            return root;
        });
        String source = parts.part(() -> root.get("source").text());
        Double validUntilS = parts.part(() -> times.seconds(root.get("validUntil")));
        StationRating rating = parts.part(() -> rating(root.get("station")));
        List<OfferSchedule> schedules = parts.part(() -> schedules(root.get("schedules"), times));
        SiteSeries site = parts.optional(root, "site", SiteSeries.unlimited(), node -> site(node, times));
        parts.refuse();
        if (source == null || validUntilS == null || rating == null || schedules == null || site == null) {
            throw root.finding("a part that is not sound", "a sound offer");
        }
        StationOffer offer =
                root.make("parts that fit each other", () -> new StationOffer(source, rating, validUntilS, schedules));
        return new OfferFile(offer, site);
    }

    private static StationRating rating(ConfigNode node) throws ConfigException {
        node.rejectUnknown("maxV", "maxA", "minA", "maxDischargeA", "efficiency");
        ConfigParts parts = new ConfigParts();
        double maxV = parts.number(node, "maxV");
        double maxA = parts.number(node, "maxA");
        double minA = parts.number(node, "minA", 0.0);
        double backA = parts.number(node, "maxDischargeA", 0.0);
        double efficiency = parts.number(node, "efficiency", 1.0);
        parts.refuse();
        return node.make("a sound rating", () -> new StationRating(maxV, maxA, minA, backA, efficiency));
    }

    private static List<OfferSchedule> schedules(ConfigNode node, PlanTimes times) throws ConfigException {
        ConfigParts parts = new ConfigParts();
        List<OfferSchedule> schedules = new ArrayList<>();
        for (ConfigNode item : node.items()) {
            OfferSchedule schedule = parts.part(() -> schedule(item, times));
            if (schedule != null) {
                schedules.add(schedule);
            }
        }
        parts.refuse();
        return schedules;
    }

    private static OfferSchedule schedule(ConfigNode node, PlanTimes times) throws ConfigException {
        node.rejectUnknown("name", "steps");
        ConfigParts parts = new ConfigParts();
        String name = parts.part(() -> node.get("name").text());
        List<OfferStep> steps = new ArrayList<>();
        List<ConfigNode> items = parts.part(() -> node.get("steps").items());
        for (ConfigNode item : items == null ? List.<ConfigNode>of() : items) {
            OfferStep step = parts.part(() -> step(item, times));
            if (step != null) {
                steps.add(step);
            }
        }
        parts.refuse();
        String named = name == null ? "" : name;
        return node.make("a sound schedule", () -> new OfferSchedule(named, steps));
    }

    private static OfferStep step(ConfigNode node, PlanTimes times) throws ConfigException {
        node.rejectUnknown("at", "maxPowerW", "pricePerKwh", "gCo2PerKwh", "feedIn");
        ConfigParts parts = new ConfigParts();
        Double at = parts.part(() -> times.seconds(node.get("at")));
        double power = parts.number(node, "maxPowerW", Double.POSITIVE_INFINITY);
        PowerPrice price = parts.part(() -> price(node.get("pricePerKwh")));
        double gCo2 = parts.number(node, "gCo2PerKwh", Double.NaN);
        FeedIn feedIn = parts.optional(node, "feedIn", FeedIn.none(), OfferFile::feedIn);
        parts.refuse();
        if (at == null || price == null || feedIn == null) {
            throw node.finding("a part that is not sound", "a sound step");
        }
        return node.make("a sound step", () -> new OfferStep(at, power, price, gCo2, feedIn));
    }

    /** A number, or a list of blocks {@code {fromW, perKwh}}. */
    private static PowerPrice price(ConfigNode node) throws ConfigException {
        if (!node.isList()) {
            return PowerPrice.flat(node.number());
        }
        List<PriceBlock> blocks = new ArrayList<>();
        for (ConfigNode item : node.items()) {
            item.rejectUnknown("fromW", "perKwh");
            double fromW = item.get("fromW").number();
            double perKwh = item.get("perKwh").number();
            blocks.add(item.make("a sound block", () -> new PriceBlock(fromW, perKwh)));
        }
        return node.make("blocks that rise", () -> new PowerPrice(blocks));
    }

    private static FeedIn feedIn(ConfigNode node) throws ConfigException {
        node.rejectUnknown("maxPowerW", "pricePerKwh");
        double power = node.get("maxPowerW").number();
        double price = node.get("pricePerKwh").number();
        return node.make("a sound feed-in", () -> new FeedIn(power, price));
    }

    private static SiteSeries site(ConfigNode node, PlanTimes times) throws ConfigException {
        node.rejectUnknown("solarPerKwh", "steps");
        ConfigParts parts = new ConfigParts();
        double solarPerKwh = parts.number(node, "solarPerKwh", 0.0);
        List<SiteStep> steps = new ArrayList<>();
        List<ConfigNode> items = parts.part(() -> node.get("steps").items());
        for (ConfigNode item : items == null ? List.<ConfigNode>of() : items) {
            SiteStep step = parts.part(() -> siteStep(item, times));
            if (step != null) {
                steps.add(step);
            }
        }
        parts.refuse();
        return node.make("a sound site", () -> new SiteSeries(steps, solarPerKwh));
    }

    private static SiteStep siteStep(ConfigNode node, PlanTimes times) throws ConfigException {
        node.rejectUnknown("at", "gridLimitW", "solarW");
        ConfigParts parts = new ConfigParts();
        Double at = parts.part(() -> times.seconds(node.get("at")));
        double limit = parts.number(node, "gridLimitW", Double.POSITIVE_INFINITY);
        double solar = parts.number(node, "solarW", 0.0);
        parts.refuse();
        double atS = at == null ? Double.NaN : at;
        return node.make("a sound step", () -> new SiteStep(atS, limit, solar));
    }
}
